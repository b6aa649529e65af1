import { reuseToken, tokenReuseMs, tokenValidSeconds } from '../../../services/runtime/signed-token';

describe('a signed token', () => {
  it('is signed once for everybody who asks at the same time', async () => {
    const sign = jest.fn(async () => 'token');
    const token = reuseToken(sign);
    expect(await Promise.all([token(), token(), token()])).toEqual(['token', 'token', 'token']);
    expect(sign).toHaveBeenCalledTimes(1);
  });

  it('is signed anew when it is ten of its fifteen minutes old', async () => {
    let now = 0;
    let signed = 0;
    const token = reuseToken(
      async () => `token ${++signed}`,
      () => now,
    );
    expect(await token()).toBe('token 1');
    now = tokenReuseMs - 1;
    expect(await token()).toBe('token 1');
    now = tokenReuseMs;
    expect(await token()).toBe('token 2');
    expect(tokenReuseMs).toBeLessThan(tokenValidSeconds * 1000);
  });

  it('is asked for again after signing failed', async () => {
    const sign = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new Error('no credentials')).mockResolvedValue('token');
    const token = reuseToken(sign);
    await expect(token()).rejects.toThrow('no credentials');
    expect(await token()).toBe('token');
  });
});
