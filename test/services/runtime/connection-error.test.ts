import { DatabaseError } from 'pg';
import { isConnectionError, isDatabaseUnavailable, isReplayConflict } from '../../../services/runtime/connection-error';

function sqlState(code: string): DatabaseError {
  return Object.assign(new DatabaseError('made up', 0, 'error'), { code });
}

describe('a connection failed', () => {
  it.each<readonly [string, unknown]>([
    ['refused', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })],
    ['at every address of a name', new AggregateError([])],
    ['cut', new Error('Connection terminated unexpectedly')],
    ['not open in time', new Error('Connection terminated due to connection timeout')],
    ['without an answer', new Error('Query read timeout')],
    ['shutting down', sqlState('57P01')],
    ['starting', sqlState('57P03')],
    ['full', sqlState('53300')],
    ['log-in refused', sqlState('28000')],
  ])('%s', (_, error) => {
    expect(isConnectionError(error)).toBe(true);
  });
});

describe('no connection failed', () => {
  it.each<readonly [string, unknown]>([
    ['a mistake in SQL', sqlState('42601')],
    ['a query that took too long', sqlState('57014')],
    ['a write to a replica', sqlState('25006')],
    ['a pool whose connections are all busy', new Error('timeout exceeded when trying to connect')],
    ['a thrown string', 'Connection terminated'],
  ])('%s', (_, error) => {
    expect(isConnectionError(error)).toBe(false);
  });

  it('when replay cancelled a query of the replica', () => {
    expect([isReplayConflict(sqlState('40001')), isConnectionError(sqlState('40001'))]).toEqual([true, false]);
  });
});

describe('the database is away', () => {
  it.each<readonly [string, unknown]>([
    ['when its connection failed', sqlState('57P01')],
    ['when no connection came free in time', new Error('timeout exceeded when trying to connect')],
  ])('%s', (_, error) => {
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it('not when a query failed', () => {
    expect(isDatabaseUnavailable(sqlState('23505'))).toBe(false);
  });
});
