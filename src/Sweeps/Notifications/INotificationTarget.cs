namespace AdvFit.Sweeps.Notifications;

/// <summary>A receiver of the summary of a run: a webhook or a shell command.</summary>
public interface INotificationTarget
{
    /// <summary>What to call it in messages, without what may be secret of it: <c>the webhook example.org</c>.</summary>
    string Name { get; }

    /// <summary>Delivers the summary.</summary>
    /// <param name="summary">The summary as JSON.</param>
    /// <exception cref="NotificationException">The summary was not delivered.</exception>
    Task Send(byte[] summary);
}

/// <summary>A notification that was not delivered. The message ends a sentence, without its full stop.</summary>
/// <param name="message">Why.</param>
/// <param name="mayPass">Whether trying again can help.</param>
/// <param name="cause">What lies beneath.</param>
public sealed class NotificationException(string message, bool mayPass, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether trying again can help.</summary>
    public bool MayPass { get; } = mayPass;
}
