/** Whether our bearer token may go to this address. */
export type HostCheck = (url: string) => boolean;

/**
 * Hosts by exact name, or with a leading dot for every host below. Only https on its usual port and without a user in
 * the address; a loopback host named with its port may be plain http, outside production (stand-ins).
 */
export function createHostCheck(hosts: readonly string[], production: boolean): HostCheck {
  const names = hosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== '');
  return (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') return false;
    if (!production && isLoopback(url.hostname) && names.includes(url.host)) {
      return url.protocol === 'http:' || url.protocol === 'https:';
    }
    if (url.protocol !== 'https:' || url.port !== '') return false;
    return names.some((name) => (name.startsWith('.') ? url.hostname.endsWith(name) : url.hostname === name));
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
