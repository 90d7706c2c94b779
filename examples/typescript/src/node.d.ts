// What the examples use of Node.js.
declare const process: {
  env: Record<string, string | undefined>;
  argv: string[];
};
