import { authorizeWith } from '../client/call.ts';
import { followBrowserTheme, showTheme, themeOfHost } from './theme.ts';

/** A silent frame lets the SDK wait for a minute. */
const mostMs = 5000;

/**
 * Connects to Teams when the page stands in its frame: theme, sign-in. Anywhere else, and where no host answers,
 * it is a page like any other.
 */
export async function connectHost(): Promise<void> {
  followBrowserTheme();
  if (window.parent === window) return;
  // Loaded only in a frame: the SDK outweighs the page.
  const { app, authentication } = await import('./teams.ts');
  const isConnected = await Promise.race([
    app.initialize().then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), mostMs)),
  ]);
  if (!isConnected) return;
  authorizeWith(() => authentication.getAuthToken());
  app.registerOnThemeChangeHandler((theme) => showTheme(themeOfHost(theme)));
  const context = await app.getContext();
  showTheme(themeOfHost(context.app.theme));
  app.notifySuccess();
}
