using AdvFit.Sweeps.Decisions;

namespace AdvFit.Sweeps.Notifications;

/// <summary>
/// Sends the summary of a run to all targets at the same time, to each again after 5, 15 and 45 seconds where that may
/// help. The sweep is over by then: nothing waits for it, and nothing fails because of it.
/// </summary>
/// <param name="targets">The receivers.</param>
/// <param name="clock">The clock of the pauses between tries.</param>
/// <param name="say">Called with a sentence for every try that failed, from any thread.</param>
public sealed class Notifier(IReadOnlyCollection<INotificationTarget> targets, TimeProvider clock, Action<string> say)
{
    /// <summary>Returns when every target has the summary or is given up.</summary>
    public Task Notify(RunSummary summary)
    {
        var json = summary.ToJson();
        return Task.WhenAll(targets.Select(target => Notify(target, json)));
    }

    private async Task Notify(INotificationTarget target, byte[] summary)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                await target.Send(summary).ConfigureAwait(false);
                return;
            }
            catch (NotificationException error) when (error.MayPass && failures < RetryPolicy.AttemptsPerSession)
            {
                var pause = RetryPolicy.DelayAfter(failures);
                say($"{Capital(target.Name)} was not told how the sweep ended: {error.Message}; trying again in {pause.TotalSeconds} s.");
                await Task.Delay(pause, clock).ConfigureAwait(false);
            }
            catch (NotificationException error)
            {
                say($"warning: {target.Name} was not told how the sweep ended: {error.Message}. The sweep itself is not affected.");
                return;
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
