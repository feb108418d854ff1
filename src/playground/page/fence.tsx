import { Component, type ReactNode } from 'react';

/** Keeps a part that cannot be drawn from taking the rest of the page with it. */
export class Fence extends Component<{ label: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <p className="unsupported">{this.props.label}</p> : this.props.children;
  }
}
