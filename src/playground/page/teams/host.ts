/** The themes Teams has. */
export type HostTheme = 'default' | 'dark' | 'contrast';

export interface HostOptions {
  frame: HTMLIFrameElement;
  theme: HostTheme;
  /** `en-us` */
  locale: string;
  /** `aadObjectId` */
  user: string;
  tenant: string;
  userPrincipalName: string;
  /** What `authentication.getAuthToken()` brings; a refusal is told to the page. */
  token(): Promise<string>;
}

export interface HostedTab {
  setTheme(theme: HostTheme): void;
  close(): void;
}

interface Request {
  id?: number;
  uuid?: unknown;
  uuidAsString?: string;
  func: string;
  args: unknown[];
}

/**
 * Stands for the Teams client around a tab: speaks the messages of `@microsoft/teams-js` 2.58 with the page in the
 * frame. Requests are `{ id, uuidAsString, func, args }`, answers carry the same ids and `args`; what the host says by
 * itself is `{ func, args }`. A parent of the page's own origin is one that the SDK trusts.
 */
export function hostTab({ frame, ...options }: HostOptions): HostedTab {
  let { theme } = options;
  const { origin } = window.location;
  const tell = (message: object) => frame.contentWindow?.postMessage(message, origin);

  const answerTo = async ({ func, args }: Request): Promise<unknown[] | undefined> => {
    switch (func) {
      case 'initialize':
        return ['content', 'web', JSON.stringify({ apiVersion: 4, supports: {} }), '2.0.0'];
      case 'getContext':
        return [contextOf({ ...options, theme })];
      case 'authentication.getAuthToken':
        return options.token().then(
          (token) => [true, token],
          (cause: unknown) => [false, cause instanceof Error ? cause.message : String(cause)],
        );
      case 'executeDeepLink': {
        const isOpened = openElsewhere(args[0]);
        return isOpened ? [true] : [false, 'Not an address of the web.'];
      }
      default:
        // Handlers are registered, success is told: nothing to answer.
        return undefined;
    }
  };

  const onMessage = async (event: MessageEvent) => {
    const request = requestIn(event.data);
    if (!request || event.source !== frame.contentWindow || event.origin !== origin) return;
    const args = await answerTo(request);
    const { id, uuid, uuidAsString } = request;
    if (args) tell({ id, uuid, uuidAsString, args });
  };

  window.addEventListener('message', onMessage);
  return {
    setTheme(next) {
      theme = next;
      tell({ func: 'themeChange', args: [next] });
    },
    close: () => window.removeEventListener('message', onMessage),
  };
}

function contextOf({ theme, locale, user, tenant, userPrincipalName }: Omit<HostOptions, 'frame' | 'token'>) {
  return {
    theme,
    locale,
    hostName: 'Teams',
    hostClientType: 'web',
    frameContext: 'content',
    entityId: 'tab',
    userObjectId: user,
    userPrincipalName,
    loginHint: userPrincipalName,
    tid: tenant,
  };
}

function requestIn(data: unknown): Request | undefined {
  if (typeof data !== 'object' || data === null || !('func' in data) || typeof data.func !== 'string') {
    return undefined;
  }
  const { args, ...rest } = data as Omit<Request, 'args'> & { args?: unknown };
  return { ...rest, args: Array.isArray(args) ? args : [] };
}

function openElsewhere(url: unknown): boolean {
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return false;
  window.open(url, '_blank', 'noopener,noreferrer');
  return true;
}
