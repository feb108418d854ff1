import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { SealedPress } from '../../view/press.ts';
import type { ScreenCard, ScreenOutcome } from '../../view/screen.ts';
import { interact, SignedOut, type WebInteraction } from '../client/call.ts';
import { problemText } from '../frame/problem.tsx';
import { navigate } from '../route.tsx';
import { useReader } from '../words/reader.tsx';
import { Dialogs } from './dialogs.tsx';
import { isDone, isShort, pageBehind } from './outcomes.ts';
import { Toast } from './toast.tsx';
import { type Shown, WorkContext } from './use-work.ts';

export function WorkProvider({ children }: { children: ReactNode }) {
  const { words } = useReader();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Shown[]>([]);
  const [toast, setToast] = useState<ScreenCard>();
  const [problem, setProblem] = useState<string>();
  const [said, setSaid] = useState('');
  const [pressing, setPressing] = useState<string>();
  const nextId = useRef(0);

  const show = useCallback(
    (outcome: ScreenOutcome) => {
      if (outcome.kind === 'options') return;
      const done = outcome.kind === 'card' && isDone(outcome) ? outcome.card : undefined;
      if (done) {
        // Whatever was done, any list and figure of the page may tell of it.
        void queries.invalidateQueries();
        setSaid(done.text);
        if (isShort(done)) {
          setOpen([]);
          setToast(done);
          return;
        }
      }
      setToast(undefined);
      nextId.current++;
      const shown: Shown = { ...outcome, id: nextId.current };
      setOpen((before) => (done ? [shown] : [...before, shown]));
    },
    [queries],
  );

  const send = useCallback(
    async (interaction: WebInteraction) => {
      try {
        const outcome = await interact(interaction);
        setProblem(undefined);
        // What was refused was shown as it is no more, as like as not: somebody else was faster.
        if (outcome.kind === 'card' && outcome.refused) void queries.invalidateQueries();
        return outcome;
      } catch (error) {
        if (error instanceof SignedOut) void queries.resetQueries({ queryKey: ['session'] });
        else setProblem(problemText(error, words));
        return undefined;
      }
    },
    [queries, words],
  );

  const press = useCallback(
    async (pressed: SealedPress) => {
      const path = pageBehind(pressed);
      if (path !== undefined) {
        setOpen([]);
        setToast(undefined);
        navigate(path);
        return;
      }
      setPressing(JSON.stringify(pressed));
      const outcome = await send({ kind: 'press', press: pressed });
      setPressing(undefined);
      if (outcome) show(outcome);
    },
    [send, show],
  );

  const work = useMemo(
    () => ({ press, send, show, announce: setSaid, pressing }),
    [press, send, show, pressing],
  );
  return (
    <WorkContext value={work}>
      {children}
      <Dialogs
        open={open}
        onBack={() => setOpen((before) => before.slice(0, -1))}
        onClose={() => setOpen([])}
      >
        {problem !== undefined && <Toast text={problem} isProblem onClose={() => setProblem(undefined)} />}
      </Dialogs>
      {problem === undefined && toast && <Toast card={toast} onClose={() => setToast(undefined)} />}
      <div className="unseen" role="status" aria-live="polite">
        {said}
      </div>
    </WorkContext>
  );
}
