// mtcute logs in to the sandbox: https://mtcute.dev
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { ask, run, say, wanted } from "./talk.mjs";

const installed = createRequire(`${wanted.modules}/package.json`);
const load = (name) =>
  import(pathToFileURL(installed.resolve(name).replace(/\.cjs$/, ".js")).href);
const { IntermediatePacketCodec, MemoryStorage, ObfuscatedPacketCodec, PaddedIntermediatePacketCodec, TcpTransport, TelegramClient } =
  await load("@mtcute/node");
const { addPublicKey, NodeCryptoProvider } = await load("@mtcute/node/utils.js");

const proxied = (dc) => ({
  dcId: dc.id,
  media: false,
  test: true,
  secret: Buffer.from(wanted.secret, "hex"),
});
const codecs = {
  intermediate: () => new IntermediatePacketCodec(),
  padded: () => new PaddedIntermediatePacketCodec(),
  obfuscated: () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
  proxied: (dc) => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec(), proxied(dc)),
};

class Transport extends TcpTransport {
  packetCodec(dc) {
    return codecs[wanted.transport](dc);
  }
}

await run(async () => {
  const crypto = new NodeCryptoProvider();
  await crypto.initialize?.();
  addPublicKey(crypto, wanted.key);
  const server = { id: 2, ipAddress: wanted.host, port: wanted.port, testMode: true };
  const client = new TelegramClient({
    apiId: 12345,
    apiHash: "0123456789abcdef0123456789abcdef",
    storage: new MemoryStorage(),
    testMode: true,
    defaultDcs: { main: server, media: server },
    transport: new Transport(),
    network: { usePfs: wanted.pfs },
    disableUpdates: wanted.way !== "qr",
    logLevel: 0,
  });
  const password = () => ask("password");
  const user = await client.start(
    wanted.way === "qr"
      ? { qrCodeHandler: (url) => say("link", url), password }
      : { phone: wanted.phone, code: () => ask("code"), codeSentCallback: () => {}, password },
  );
  const { authorizations } = await client.call({ _: "account.getAuthorizations" });
  return { id: user.id, sessions: authorizations.length };
});
