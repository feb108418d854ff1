import { createHmac, timingSafeEqual } from 'node:crypto';

/** Largest request body, in bytes; Slack's own stay far below. */
export const maxBodyBytes = 1024 * 1024;
const maxSkewSeconds = 300;

/**
 * Whether Slack signed these bytes within five minutes of `nowMs`, either way. Differs from the SDK's check on
 * purpose: a timestamp in the future is refused, the signature must be 64 lower-case hex digits, and the raw
 * bytes are hashed, not their text. A header sent twice arrives joined by a comma and fits neither form.
 */
export function isSigned(
  secret: string,
  headers: { signature: string | undefined; timestamp: string | undefined },
  body: Uint8Array,
  nowMs: number,
): boolean {
  const { signature, timestamp } = headers;
  if (!signature || !timestamp) return false;
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > maxSkewSeconds) return false;
  const own = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(own, Buffer.from(signature.slice(3), 'hex'));
}

/** The body's bytes; `undefined`: more than allowed, and the rest was never read. */
export async function readBody(request: Request, maxBytes = maxBodyBytes): Promise<Uint8Array | undefined> {
  const announced = request.headers.get('content-length');
  if (announced !== null && Number(announced) > maxBytes) return undefined;
  // With a length, the server sees to it that it is true; without one the body is counted while it comes.
  if (announced !== null && /^\d+$/.test(announced)) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.byteLength > maxBytes ? undefined : bytes;
  }
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
