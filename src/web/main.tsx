import { createRoot } from 'react-dom/client';
import { App, askAgain } from './app.tsx';
import { connectHost } from './frame/host.ts';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App connected={connectHost(askAgain)} />);
