import { Icon } from '../icons.tsx';
import { useTeams } from './around.ts';

/** What the app wants to be seen in passing, and what went wrong. */
export function Toasts({ isCovered }: { isCovered: boolean }) {
  const { acts, words } = useTeams();
  // A dialog says itself what is wrong with it.
  const problem = isCovered ? '' : acts.problem;
  return (
    <>
      {acts.toast && !problem && (
        <div className="toast is-quiet" role="status">
          {acts.toast}
          <button type="button" className="icon-button" aria-label={words.close} onClick={() => acts.say('')}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {problem && (
        <div className="toast" role="alert">
          <Icon name="warning" />
          {problem}
          <button type="button" className="icon-button" aria-label={words.close} onClick={acts.dismiss}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </>
  );
}
