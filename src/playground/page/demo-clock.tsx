import { useEffect, useRef, useState } from 'react';
import { moveClock } from './client.ts';
import type { Dictionary } from './dictionary.ts';
import { Icon } from './icons.tsx';
import { instantOf, localText, moment, nextMorning } from './times.ts';
import { useClickAway } from './use-click-away.ts';

interface Props {
  start: string;
  timeZone: string;
  locale: string;
  words: Dictionary;
}

/** Shows the service's business time and moves it forward, so that tomorrow's digest can be seen today. */
export function DemoClock({ start, timeZone, locale, words }: Props) {
  const [ahead, setAhead] = useState(() => Date.parse(start) - Date.now());
  const [now, setNow] = useState(() => new Date(start));
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState('');
  const [custom, setCustom] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useClickAway(box, () => setIsOpen(false));

  useEffect(() => {
    const tick = () => setNow(new Date(Date.now() + ahead));
    tick();
    const timer = setInterval(tick, 5_000);
    return () => clearInterval(timer);
  }, [ahead]);

  const go = async (to: Date) => {
    try {
      setAhead(Date.parse(await moveClock(to)) - Date.now());
      setError('');
      setIsOpen(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  const morning = nextMorning(now, timeZone);

  return (
    <div className="demo-clock" ref={box}>
      <button
        type="button"
        className="clock-button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="clock" />
        <span className="quiet">{words.demoTime}</span>
        <time dateTime={now.toISOString()}>{moment(now, locale, timeZone)}</time>
      </button>
      {isOpen && (
        <div className="popover clock-popover">
          <p className="quiet">{words.demoTimeHint}</p>
          <button type="button" className="button button-primary" onClick={() => go(morning)}>
            {words.nextMorning}
            <small>{moment(morning, locale, timeZone)}</small>
          </button>
          <button type="button" className="button" onClick={() => go(new Date(now.getTime() + 3_600_000))}>
            {words.plusHour}
          </button>
          <form
            className="clock-custom"
            onSubmit={(event) => {
              event.preventDefault();
              if (custom) void go(instantOf(custom, timeZone));
            }}
          >
            <input
              type="datetime-local"
              className="field-control"
              aria-label={words.setTime}
              min={localText(now, timeZone)}
              value={custom}
              onChange={(event) => setCustom(event.target.value)}
            />
            <button type="submit" className="button" disabled={!custom}>
              {words.setTime}
            </button>
          </form>
          {error && (
            <p className="input-error" role="alert">
              {error}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
