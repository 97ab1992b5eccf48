import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { messages } from './messages.ts';

/** One failing screen must not take the window with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState
        title={messages.crashed.title}
        text={messages.crashed.text}
        actions={<Button onClick={() => location.reload()}>{messages.crashed.action}</Button>}
      />
    );
  }
}
