using Akka.Actor;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>The attempt is no longer the one that counts.</summary>
public sealed class AttemptFencedException() : OperationCanceledException("Another attempt counts now.");

/// <summary>
/// Tells a shuffle's entity what an attempt has done, and returns once that is durable. It asks again until it is answered:
/// every one on the way does the same thing only once. Thread-safe; blocks the thread of a slot, never one of the actors'.
/// </summary>
/// <param name="shuffles">The way to the entities.</param>
/// <param name="sweep">The sweep's id.</param>
/// <param name="abandon">Ends the asking.</param>
public sealed class FactChannel(IActorRef shuffles, string sweep, CancellationToken abandon)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reports a fact.</summary>
    /// <exception cref="AttemptFencedException">The attempt does not count any more.</exception>
    /// <exception cref="ExperimentException">The fact is refused: it makes no sense after those before it.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop asking.</exception>
    public void Report(ShuffleFact fact)
    {
        switch (Ask(new RecordFact(sweep, fact)))
        {
            case AttemptFenced:
                throw new AttemptFencedException();
            case Refused refused:
                throw new ExperimentException(refused.Reason);
        }
    }

    private object Ask(RecordFact record)
    {
        while (true)
        {
            try
            {
                return shuffles.Ask<object>(record, Patience, abandon).GetAwaiter().GetResult();
            }
            catch (AskTimeoutException)
            {
                abandon.ThrowIfCancellationRequested();
            }
        }
    }
}
