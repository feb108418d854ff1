/** A strict chat platform with as many people as wanted, as a process of its own. */
import { person } from './people.ts';
import { serveSlackFor, serveTeamsFor } from './platforms.ts';

const { PORT, PLATFORM, PEOPLE, SEED } = process.env;
const people = Array.from({ length: Number(PEOPLE) }, (_, index) => person(index));
const serve = PLATFORM === 'slack' ? serveSlackFor : serveTeamsFor;
const running = await serve(people, {
  port: Number(PORT),
  target: 'http://127.0.0.1:1/',
  seed: Number(SEED),
});
process.stdout.write(`stand-in at ${running.url}\n`);
