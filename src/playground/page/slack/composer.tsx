import { ComposerField, Waiting } from '../composer-field.tsx';
import { Icon } from '../icons.tsx';
import { Menu } from '../menu.tsx';
import { useSurroundings } from '../surroundings.ts';
import type { PlaceProps } from './place-props.ts';
import { suggestionsFor } from './suggestions.ts';

type Props = Pick<PlaceProps, 'who' | 'gestures' | 'shortcuts' | 'examples'> & {
  place: string;
  placeName: string;
  threadTs?: string;
};

export function Composer({ who, gestures, shortcuts, examples, place, placeName, threadTs }: Props) {
  const around = useSurroundings();
  const { words, app } = around;
  const isMain = threadTs === undefined;
  const globals = shortcuts.filter((shortcut) => shortcut.type === 'global');

  const send = (line: string) => {
    const [, command, rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line) ?? [];
    const where = { channel: place, ...(threadTs ? { threadTs } : {}) };
    if (command) void gestures.run('command', { command, text: rest, ...where });
    else void gestures.run('say', { text: line, ...where });
  };

  return (
    <ComposerField
      name={isMain ? 'main' : 'thread'}
      label={isMain ? words.placeholder(placeName) : words.threadPlaceholder}
      words={words}
      history={`history.${who.user}`}
      place={place}
      suggest={(text) => suggestionsFor(text, examples, around)}
      before={
        isMain &&
        globals.length > 0 && (
          <Menu
            label={words.shortcuts}
            className="icon-button"
            icon={<Icon name="bolt" />}
            items={globals.map((shortcut) => ({ key: shortcut.callbackId, label: shortcut.name }))}
            onPick={(callbackId) => void gestures.run('shortcut', { callbackId })}
          />
        )
      }
      foot={<Waiting acts={gestures} appName={app.name} words={words} />}
      onSend={send}
    />
  );
}
