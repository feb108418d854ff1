import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import { keep, kept } from '../remembered.ts';
import { useTeams } from './around.ts';
import { type TeamsWho, tabToken } from './client.ts';
import { type HostedTab, type HostTheme, hostTab } from './host.ts';

const themes = ['default', 'dark', 'contrast'] as const;

/** The app's tab in a frame that stands for the Teams client. */
export function TabPlace({ who, locale, userName }: { who: TeamsWho; locale: string; userName: string }) {
  const { words, tenant } = useTeams();
  const frame = useRef<HTMLIFrameElement>(null);
  const host = useRef<HostedTab | null>(null);
  const [theme, setTheme] = useState<HostTheme>(() => {
    const last = kept('teams.theme');
    return themes.find((one) => one === last) ?? 'default';
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme is told to the page that is there
  useEffect(() => {
    if (!frame.current) return;
    host.current = hostTab({
      frame: frame.current,
      theme,
      locale: locale.toLowerCase(),
      ...who,
      userPrincipalName: userName,
      token: () => tabToken(who),
    });
    // Only now, so that the page never asks before anybody listens.
    frame.current.src = '/tab/';
    return () => host.current?.close();
  }, [who.user, who.tenant, locale, userName]);

  const change = (next: HostTheme) => {
    keep('teams.theme', next);
    setTheme(next);
    host.current?.setTheme(next);
  };
  return (
    <div className="place">
      <header className="place-header">
        <h2>
          <Icon name="board" />
          {words.tabOf(tenant.appName)}
        </h2>
        <span className="spring" />
        <label className="theme">
          <span className="quiet">{words.theme}</span>
          <select value={theme} onChange={(event) => change(event.target.value as HostTheme)}>
            {themes.map((one) => (
              <option key={one} value={one}>
                {words.themes[one]}
              </option>
            ))}
          </select>
        </label>
      </header>
      <iframe ref={frame} className="tab-frame" title={words.tabOf(tenant.appName)} />
    </div>
  );
}
