import { useEffect, useState } from 'react';
import { reconnectNow, takeOver, useConnection } from '../host/connection.ts';
import { useAppStatus } from '../host/status.ts';
import { useUiStateProblem } from '../host/ui-state.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { messages } from './messages.ts';

/** States of the whole app that stay until they are mended. The keychain's banners are the Keys screen's. */
export function Banners() {
  const connection = useConnection();
  const database = useAppStatus()?.database;
  const uiProblem = useUiStateProblem();
  return (
    <>
      {connection.state === 'lost' && <LostBanner retryAt={connection.retryAt} />}
      {connection.state === 'elsewhere' && (
        <Banner
          tone="info"
          title={messages.elsewhere.title}
          actions={
            <Button size="sm" onClick={takeOver}>
              {messages.elsewhere.action}
            </Button>
          }
        >
          {messages.elsewhere.text}
        </Banner>
      )}
      {connection.state === 'refused' && (
        <Banner
          tone="danger"
          title={messages.refused.title}
          actions={
            <Button size="sm" onClick={() => location.reload()}>
              {messages.refused.action}
            </Button>
          }
        >
          {connection.message}
        </Banner>
      )}
      {uiProblem && <Banner tone="warn" title={uiProblem} />}
      {database && database.state !== 'ok' && (
        <Banner tone={database.state === 'full' ? 'warn' : 'danger'} title={database.problem}>
          {database.remedy}
        </Banner>
      )}
    </>
  );
}

function LostBanner({ retryAt }: { retryAt: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <Banner
      tone="warn"
      title={messages.lost.title}
      actions={
        <Button size="sm" onClick={reconnectNow}>
          {messages.lost.action}
        </Button>
      }
    >
      {/* The countdown is not announced each second; the title was. */}
      <span aria-hidden="true">{messages.lost.text(Math.max(0, Math.ceil((retryAt - now) / 1000)))}</span>
    </Banner>
  );
}
