export type Theme = 'light' | 'dark' | 'contrast';

/** Teams names its themes in its own way. */
export function themeOfHost(name: string | undefined): Theme {
  if (name === 'contrast') return 'contrast';
  return name === 'dark' || name === 'glass' ? 'dark' : 'light';
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Follows what the person has set for the browser or the computer, until the page goes. */
export function followBrowserTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const show = () => showTheme(contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light');
  dark.addEventListener('change', show);
  contrast.addEventListener('change', show);
  show();
}
