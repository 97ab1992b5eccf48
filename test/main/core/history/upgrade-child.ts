// A process to be killed: opens a database of version 1 with the migrations of `upgrade.ts`.
import fs from 'node:fs';
import { systemClock } from '../../../../main/core/clock.ts';
import { openDatabase } from '../../../../main/core/history/database.ts';
import { upgrades } from './upgrade.ts';

const database = openDatabase(process.argv[2]!, { clock: systemClock, migrations: upgrades });
fs.writeSync(1, `${database.status().state}\n`);
database.close();
