// The public form under load: 500 sign-ups a minute, some of them sent twice. None may be lost, none doubled.
import { run } from '../lib/run.mjs';
import { StepFailed, step } from '../lib/say.mjs';
import { startOurs } from './servers.mjs';

const perMinute = 500;

/** How long an answer takes, and whether everybody has one place or one number in the queue. */
export async function measureSignUps({ program, load, quick }) {
  const seconds = quick ? 30 : 300;
  const server = await startOurs(program);
  try {
    return await step(`${perMinute} sign-ups a minute for ${seconds} s`, async () => {
      const list = await fetch(`${server.url}/anmalan`).then((answer) => answer.text());
      const occasion = list.match(/href="(\/anmalan\/[A-Za-z0-9]{20,})"/)?.[1];
      if (!occasion) throw new StepFailed('The demo has no occasion to sign up for.');
      const text = await run(load, ['signups', server.url + occasion, '--per-minute', `${perMinute}`, '--seconds', `${seconds}`]);
      return JSON.parse(text);
    });
  } finally {
    await server.stop();
  }
}
