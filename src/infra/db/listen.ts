import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../runtime/ports.ts';
import { Connection } from './connection.ts';
import { DatabaseUnavailableError, sqlState } from './errors.ts';

/** LISTEN on a connection of its own, opened again a second after it is lost. */
export async function listenOn(
  url: string,
  channel: string,
  onMessage: (payload: string) => void,
  log: Log | undefined,
): Promise<() => Promise<void>> {
  const stopped = new AbortController();
  let connection: Connection | undefined;
  const connect = async () => {
    const opened = new Connection({
      url,
      onNotify: (_, payload) => onMessage(payload),
      onDeath: () => void again(),
    });
    connection = opened;
    await opened.exec(`listen ${channel}`);
  };
  const again = async () => {
    if (stopped.signal.aborted) return;
    try {
      await sleep(1_000, undefined, { signal: stopped.signal, ref: false });
      await connect();
    } catch (error) {
      if (!stopped.signal.aborted) log?.warn({ code: sqlState(error) }, 'listening interrupted');
      // A connection that fails to open dies and so comes back here by itself.
      connection?.kill(new DatabaseUnavailableError('listening interrupted'));
    }
  };
  try {
    await connect();
  } catch (error) {
    stopped.abort();
    throw error;
  }
  return async () => {
    stopped.abort();
    await connection?.close();
  };
}
