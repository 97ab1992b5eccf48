import { connectLocal } from '../../../../main/core/rpc/local.ts';
import { type Seen, TEST_CAPABILITIES, testContract, testHandlers } from '../../../support/test-contract.ts';
import { describeBridge } from '../../../support/transport-suite.ts';

describeBridge('one process', async () => {
  const seen: Seen = { produced: 0, finished: 0, aborted: 0 };
  const { client, close } = connectLocal(testContract, testHandlers(seen), {
    capabilities: TEST_CAPABILITIES,
  });
  return { client, seen, cut: close, close };
});
