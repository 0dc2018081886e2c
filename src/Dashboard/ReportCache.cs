using AdvFit.Reporting;

namespace AdvFit.Dashboard;

/// <summary>
/// Reads reports for all pages, one at a time: pages that ask for the same while one is read share the next. Thread-safe.
/// </summary>
/// <param name="read">Reads the report of a sweep by its id.</param>
internal sealed class ReportCache(Func<string, SweepReport> read) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<string, (long Begun, byte[] Json)> _made = [];
    private long _asked;

    /// <summary>The report as JSON, never older than the call.</summary>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="stop">Cancels the wait for the turn.</param>
    public async Task<byte[]> OfAsync(string sweep, CancellationToken stop)
    {
        var asked = Interlocked.Increment(ref _asked);
        await _oneAtATime.WaitAsync(stop);
        try
        {
            if (_made.TryGetValue(sweep, out var made) && made.Begun >= asked)
            {
                return made.Json;
            }

            // Whoever asked up to here gets this one.
            var begun = Interlocked.Read(ref _asked);
            var json = await Task.Run(() => ReportJson.Write(new Report("", "", [read(sweep)])), CancellationToken.None);
            _made[sweep] = (begun, json);
            return json;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();
}
