// The TypeScript quickstart:
//
//     npm install && npm run generate && npm run build
//     MONITORAH_URL=http://127.0.0.1:8080 MONITORAH_KEY=mon_live_… npm start

import { tour } from "./tour.js";

const { MONITORAH_URL: url, MONITORAH_KEY: key } = process.env;
if (url === undefined || key === undefined) {
  throw new Error("set MONITORAH_URL and MONITORAH_KEY");
}
const seen = await tour(url, key, `${url}/api/v1/health`);
console.log(`found it among ${seen} monitors`);
