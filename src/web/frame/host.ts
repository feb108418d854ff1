import { authorizeWith } from '../client/call.ts';
import { followBrowserTheme, showTheme, themeOfHost } from './theme.ts';

/** A silent frame lets the SDK wait for a minute. */
const mostMs = 5000;

/**
 * Connects to Teams when the page stands in its frame: theme, sign-in. Anywhere else, and where no host answers in
 * time, it is a page like any other; `onLate` is called if a slow host answers after all.
 */
export async function connectHost(onLate: () => void): Promise<void> {
  followBrowserTheme();
  if (window.parent === window) return;
  const host = signInWithHost().then(
    () => true,
    () => false,
  );
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, mostMs, 'late'));
  if ((await Promise.race([host, late])) !== 'late') return;
  void host.then((isConnected) => isConnected && onLate());
}

async function signInWithHost(): Promise<void> {
  // Loaded only in a frame: the SDK outweighs the page.
  const { app, authentication } = await import('./teams.ts');
  await app.initialize();
  authorizeWith(() => authentication.getAuthToken());
  app.registerOnThemeChangeHandler((theme) => showTheme(themeOfHost(theme)));
  const context = await app.getContext();
  showTheme(themeOfHost(context.app.theme));
  app.notifySuccess();
}
