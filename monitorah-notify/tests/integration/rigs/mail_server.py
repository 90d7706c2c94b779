"""A real mail server that wants STARTTLS and a login, and says what arrives.

It prints `ready PORT`, and a line of JSON for each letter, as Python's own mail parser reads it.
Arguments: the certificate, its key, the user name, the password.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Teller:
    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = [part for part in letter.walk() if not part.is_multipart()]
        defects = [str(defect) for part in letter.walk() for defect in part.defects]
        defects += [str(d) for value in letter.values() for d in value.defects]
        told = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "loggedIn": bool(session.authenticated),
            "headers": [[name, str(value)] for name, value in letter.items()],
            "type": letter.get_content_type(),
            "parts": [
                {
                    "type": part.get_content_type(),
                    "charset": part.get_content_charset(),
                    "text": part.get_content().replace("\r\n", "\n"),
                }
                for part in parts
            ],
            "defects": defects,
        }
        print(json.dumps(told), flush=True)
        return "250 taken"


def main():
    certificate, key, user, password = sys.argv[1:5]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def authenticator(server, session, envelope, mechanism, login):
        known = LoginPassword(user.encode(), password.encode())
        # The server itself says yes or no.
        return AuthResult(success=login == known, handled=False)

    def protocol():
        return SMTP(
            Teller(),
            hostname="mail.test",
            tls_context=context,
            require_starttls=True,
            auth_required=True,
            authenticator=authenticator,
        )

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(protocol, "127.0.0.1", 0)
        print("ready", server.sockets[0].getsockname()[1], flush=True)
        # The test closes our standard input when it ends, however it ends.
        await loop.run_in_executor(None, sys.stdin.read)

    asyncio.run(serve())


main()
