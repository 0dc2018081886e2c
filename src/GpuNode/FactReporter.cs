using Akka.Actor;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;

namespace AdvFit.GpuNode;

/// <summary>A newer attempt has replaced the attempt.</summary>
public sealed class AttemptFencedException() : OperationCanceledException("Another attempt counts now.");

/// <summary>
/// Reports the facts of an attempt to the shuffle's entity, and returns once they are durable. It repeats unanswered reports,
/// which are idempotent. Thread-safe. It blocks its caller, the thread of a slot, never one of the actors'.
/// </summary>
/// <param name="shuffles">The shard region of the shuffles.</param>
/// <param name="sweep">The sweep's id.</param>
/// <param name="abandon">Ends the repetitions.</param>
public sealed class FactReporter(IActorRef shuffles, string sweep, CancellationToken abandon)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reports a fact.</summary>
    /// <exception cref="AttemptFencedException">A newer attempt has replaced this one.</exception>
    /// <exception cref="ExperimentException">The fact is refused: it makes no sense after those before it.</exception>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
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
