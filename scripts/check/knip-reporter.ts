// knip's own reporters do not say how many files it looked at; a checker that saw none must not pass.
import type { Reporter } from 'knip';

const reporter: Reporter = ({ counters }) => {
  console.log(`knip saw ${counters.processed} files`);
};

export default reporter;
