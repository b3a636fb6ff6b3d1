// How a client talks with the test that runs it: a line of JSON in, words out, one answer in.
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** What the test wants: server, key, transport, the way to log in. */
export const wanted = JSON.parse(process.argv[2]);

export const say = (word, value) => process.stdout.write(`${word} ${value}\n`);

/** Asks the test for something only the person knows. */
export async function ask(word) {
  say("ask", word);
  return (await lines.next()).value;
}

/** Logs in, says as whom and what a request then answered, and ends. */
export async function run(logIn) {
  try {
    const { id, sessions } = await logIn();
    say("in", id);
    say("sessions", sessions);
    process.exit(0);
  } catch (refused) {
    say("refused", refused.errorMessage ?? refused.text ?? refused.stack ?? refused);
    process.exit(1);
  }
}
