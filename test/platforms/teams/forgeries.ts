import { appId, type Claims, connectorClaims, type Forger, part, serviceUrl, userClaims } from './forger.ts';

export interface Sent {
  authorization: string | undefined;
  activity: { serviceUrl?: unknown; channelId?: unknown };
}

/** One thing that nobody but a forger sends. */
export interface Forgery {
  name: string;
  make(forger: Forger): Promise<Sent>;
}

const activity = { serviceUrl, channelId: 'msteams' };
const now = () => Math.floor(Date.now() / 1000);

function header(name: string, authorization: (token: string) => string | undefined): Forgery {
  return {
    name,
    make: async (forger) => ({
      authorization: authorization(await forger.sign(connectorClaims())),
      activity,
    }),
  };
}

function token(name: string, make: (forger: Forger) => Promise<string>): Forgery {
  return { name, make: async (forger) => ({ authorization: `Bearer ${await make(forger)}`, activity }) };
}

const claims = (name: string, change: Claims): Forgery =>
  token(name, (forger) => forger.sign(connectorClaims(change)));

/** The token tells the truth about the address; the address is the forgery. */
function address(name: string, url: unknown): Forgery {
  return {
    name,
    make: async (forger) => ({
      authorization: `Bearer ${await forger.sign(connectorClaims({ serviceurl: url }))}`,
      activity: { ...activity, serviceUrl: url },
    }),
  };
}

function body(name: string, change: Record<string, unknown>): Forgery {
  return {
    name,
    make: async (forger) => ({
      authorization: `Bearer ${await forger.sign(connectorClaims())}`,
      activity: { ...activity, ...change },
    }),
  };
}

function tampered(token: string, change: Claims): string {
  const [head, , signature] = token.split('.');
  return `${head}.${part(connectorClaims(change))}.${signature}`;
}

const headers = [
  header('no token', () => undefined),
  header('an empty header', () => ''),
  header('a scheme without a token', () => 'Bearer '),
  header('a token without a scheme', (good) => good),
  header('another scheme', (good) => `Basic ${good}`),
  header('two tokens', (good) => `Bearer ${good}, Bearer ${good}`),
  header('no token at all behind the scheme', () => 'Bearer not.a.token'),
  header('five parts, as encrypted tokens have', (good) => `Bearer ${good}.AAAA.BBBB`),
  header('a signature that was cut off', (good) => `Bearer ${good.slice(0, good.lastIndexOf('.') + 1)}`),
  header('a signature with other signs', (good) => `Bearer ${good.slice(0, -8)}AAAAAAAA`),
  header('claims that were swapped', (good) => `Bearer ${tampered(good, { iss: 'https://other.example' })}`),
  header('an address that was swapped', (good) => `Bearer ${tampered(good, { serviceurl: 'https://x/' })}`),
];

const signatures = [
  token('no algorithm', async () => `${part({ alg: 'none', typ: 'JWT' })}.${part(connectorClaims())}.`),
  token(
    'no algorithm, but a signature',
    async () => `${part({ alg: 'none' })}.${part(connectorClaims())}.AAAA`,
  ),
  token('the public key as a secret', (forger) => forger.signWithPublicKey(connectorClaims())),
  token('the right key by RS512', (forger) => forger.signAs(connectorClaims(), 'RS512')),
  token('the right key by PS256', (forger) => forger.signAs(connectorClaims(), 'PS256')),
  token('a key that came along', (forger) => forger.signWithOwnKey(connectorClaims())),
  token('a key of theirs under the name of ours', (forger) =>
    forger.sign(connectorClaims(), 'foreign', { kid: 'teams' }),
  ),
  token('a key nobody published', (forger) => forger.sign(connectorClaims(), 'foreign')),
  token('an address of keys in the header', (forger) =>
    forger.sign(connectorClaims(), 'foreign', { jku: forger.directoryKeysUrl }),
  ),
  token('no name of a key', (forger) => forger.sign(connectorClaims(), 'teams', { kid: undefined })),
  token('a key for another channel', (forger) => forger.sign(connectorClaims(), 'webChat')),
];

const contents = [
  claims('another bot', { aud: 'another-bot' }),
  claims('no audience', { aud: undefined }),
  claims('us among others', { aud: [appId, 'another-bot'] }),
  claims('the audience of a tab', { aud: `api://crm.example/${appId}` }),
  claims('another issuer', { iss: 'https://login.botframework.example' }),
  claims('no issuer', { iss: undefined }),
  claims('nearly the issuer', { iss: 'https://api.botframework.com/' }),
  claims('long ended', { exp: now() - 301 }),
  claims('without an end', { exp: undefined }),
  claims('an end in words', { exp: 'never' }),
  claims('not yet begun', { nbf: now() + 600 }),
  claims('no address', { serviceurl: undefined }),
  claims('the address of another region', { serviceurl: 'https://smba.trafficmanager.net/amer/' }),
  claims('the beginning of the address', { serviceurl: 'https://smba.trafficmanager.net/' }),
  claims('two addresses', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }),
  claims('a list of addresses', { serviceurl: [serviceUrl] }),
];

const addresses = [
  body('an activity without an address', { serviceUrl: undefined }),
  body('an activity with another address', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }),
  body('an activity of another channel', { channelId: 'emulator' }),
  body('an activity of no channel', { channelId: undefined }),
  address('a host of theirs', 'https://crm.evil.example/'),
  address('a host that begins like one of Microsoft', 'https://smba.trafficmanager.net.evil.example/'),
  address('a host that ends like one of Microsoft', 'https://evilbotframework.com/'),
  address('a host before which ours is the user', 'https://smba.trafficmanager.net@evil.example/'),
  address('a port of its own', 'https://smba.trafficmanager.net:8443/'),
  address('no encryption', 'http://smba.trafficmanager.net/emea/'),
  address('this very machine', 'http://127.0.0.1:9/'),
  address('no address at all', 'smba.trafficmanager.net'),
];

/** Tokens of Microsoft's directory: real ones, for our app, of anybody. */
const directory = [
  token('a person in a tab', (forger) => forger.sign(userClaims(), 'entra')),
  token('a person in a tab, by the older kind of token', (forger) =>
    forger.sign(userClaims({ iss: 'https://sts.windows.net/e/', ver: '1.0' }), 'entra'),
  ),
  token('an app of anybody', (forger) =>
    forger.sign(userClaims({ scp: undefined, roles: [], idtyp: 'app' }), 'entra'),
  ),
  token('a person who names our service', (forger) =>
    forger.sign(userClaims({ serviceurl: serviceUrl }), 'entra'),
  ),
  token('a person, if the keys were ever the same', (forger) =>
    forger.sign(userClaims({ serviceurl: serviceUrl })),
  ),
];

export const forgeries: readonly Forgery[] = [
  ...headers,
  ...signatures,
  ...contents,
  ...addresses,
  ...directory,
];
export const directoryForgeries: readonly Forgery[] = directory;
