import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose';

/**
 * Control: the check that a Teams SDK makes by default. A good signature by the connector or the directory, and the
 * bot's id as the audience: any person can get such a token for a tab of the app. The list of forgeries that our check
 * refuses must break this one.
 */
export function naiveTokenCheck(options: { appId: string; jwksUrls: readonly string[] }) {
  const lists = options.jwksUrls.map((url) => createRemoteJWKSet(new URL(url)));
  const anyOf: JWTVerifyGetKey = async (header, token) => {
    for (const list of lists) {
      const key = await list(header, token).catch(() => undefined);
      if (key) return key;
    }
    throw new Error('no such key');
  };
  return async (authorization: string | undefined): Promise<boolean> => {
    const token = (authorization ?? '').replace(/^Bearer /, '');
    return jwtVerify(token, anyOf, { audience: options.appId }).then(
      () => true,
      () => false,
    );
  };
}
