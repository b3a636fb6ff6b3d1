// GramJS logs in to the sandbox: https://gram.js.org
import { createRequire } from "node:module";
import { createPublicKey } from "node:crypto";
import { ask, run, say, wanted } from "./talk.mjs";

const installed = createRequire(`${wanted.modules}/package.json`);
const { Api, TelegramClient } = installed("telegram");
const { MemorySession } = installed("telegram/sessions");
const { Logger, LogLevel } = installed("telegram/extensions/Logger");
const { _serverKeys } = installed("telegram/crypto/RSA");
const { ConnectionTCPAbridged, ConnectionTCPFull, ConnectionTCPObfuscated } = installed(
  "telegram/network/connection",
);
const bigInt = installed("big-integer");

const connections = {
  abridged: ConnectionTCPAbridged,
  full: ConnectionTCPFull,
  obfuscated: ConnectionTCPObfuscated,
};

/** GramJS always dials port 80. */
class At extends connections[wanted.transport] {
  constructor(options) {
    super({ ...options, port: wanted.port });
  }
}

/** Puts the sandbox's key beside Telegram's. */
function trust(pem) {
  const { n } = createPublicKey(pem).export({ format: "jwk" });
  const modulus = Buffer.from(n, "base64url").toString("hex");
  _serverKeys.set(wanted.fingerprint, { n: bigInt(modulus, 16), e: 65537 });
}

await run(async () => {
  trust(wanted.key);
  const session = new MemorySession();
  session.setDC(2, wanted.host, wanted.port);
  const client = new TelegramClient(session, 12345, "0123456789abcdef0123456789abcdef", {
    connection: At,
    testServers: true,
    connectionRetries: 2,
    baseLogger: new Logger(LogLevel.NONE),
  });
  await client.connect();
  const fail = (refused) => {
    throw refused;
  };
  const password = () => ask("password");
  const api = { apiId: 12345, apiHash: "0123456789abcdef0123456789abcdef" };
  const user = await (wanted.way === "qr"
    ? client.signInUserWithQrCode(api, {
        qrCode: async ({ token }) => say("link", `tg://login?token=${token.toString("base64url")}`),
        password,
        onError: fail,
      })
    : client.signInUser(api, {
        phoneNumber: wanted.phone,
        phoneCode: () => ask("code"),
        password,
        onError: fail,
      }));
  const { authorizations } = await client.invoke(new Api.account.GetAuthorizations());
  return { id: user.id, sessions: authorizations.length };
});
