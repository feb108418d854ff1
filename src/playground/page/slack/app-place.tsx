import { useEffect, useState } from 'react';
import { AppAvatar } from '../avatar.tsx';
import { Blocks } from '../block-kit/blocks.tsx';
import { SurfaceContext } from '../block-kit/surface.ts';
import type { View } from '../model.ts';
import { useSurroundings } from '../surroundings.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import type { PlaceProps } from './place-props.ts';
import { useSurfaceFor } from './use-surface.ts';

type Tab = 'home' | 'messages';

/** The app's own page: its home tab, and the direct conversation with it. */
export function AppPlace({ direct, home, ...props }: PlaceProps & { direct: string; home: View | null }) {
  const { words, app } = useSurroundings();
  const [tab, setTab] = useState<Tab>('home');
  const { run } = props.gestures;
  const { user } = props.who;

  // Opening the page is what tells the app to fill it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per person and tab, not per render
  useEffect(() => {
    void run('home', { tab });
  }, [user, tab]);

  return (
    <div className="place">
      <header className="place-header">
        <h2>
          <AppAvatar size={24} />
          {app.name}
        </h2>
        <div className="tabs" role="tablist">
          {(['home', 'messages'] as const).map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={tab === one}
              className="tab"
              onClick={() => setTab(one)}
            >
              {words[one]}
            </button>
          ))}
        </div>
      </header>
      {tab === 'home' ? (
        <div className="home" role="tabpanel">
          {home ? (
            <HomeView key={home.id} home={home} {...props} />
          ) : (
            <p className="quiet home-empty">{words.emptyHome}</p>
          )}
        </div>
      ) : (
        <>
          <Conversation {...props} title={app.name} place={direct} />
          <Composer {...props} place={direct} placeName={app.name} />
        </>
      )}
    </div>
  );
}

function HomeView({ home, who, gestures }: PlaceProps & { home: View }) {
  const surface = useSurfaceFor({
    kind: 'home',
    ...who,
    at: { viewId: home.id },
    gestures,
    initial: home.values,
  });
  return (
    <SurfaceContext value={surface}>
      <div className="home-page">
        <Blocks blocks={home.blocks} />
      </div>
    </SurfaceContext>
  );
}
