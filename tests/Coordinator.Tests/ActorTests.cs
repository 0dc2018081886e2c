using System.Collections.Immutable;
using AdvFit.Actors;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Tests;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace AdvFit.Coordinator.Tests;

/// <summary>
/// An actor system with a journal in memory. What the actors send over a wire in a cluster, and what they persist, is written
/// and read by the serializer on its way; Akka.NET's own check of that would want it of what never leaves a process as well.
/// </summary>
public abstract class ActorTests : TestKit
{
    internal static readonly string Sweep = SweepId.Of(Some.Spec);

    private const string Settings =
        """
        akka {
          loglevel = ERROR
          test.single-expect-default = 10s
          persistence {
            journal { plugin = "advfit.journal" }
            snapshot-store { plugin = "akka.persistence.snapshot-store.inmem" }
          }
        }
        advfit.journal { class = "AdvFit.Coordinator.Tests.UnreliableJournal, AdvFit.Coordinator.Tests", replay-filter.mode = off }
        """;

    /// <summary>Asks what is answered once; a probe takes its time to be made.</summary>
    private readonly TestProbe _inquirer;

    protected ActorTests(string settings = "")
        : base(ConfigurationFactory.ParseString(settings).WithFallback(ConfigurationFactory.ParseString(Settings)), $"advfit-{Guid.NewGuid():N}")
    {
        NodeName = $"{((ExtendedActorSystem)Sys).Provider.DefaultAddress}#1";
        _inquirer = CreateTestProbe();
    }

    /// <summary>A node that lives in this process.</summary>
    protected string NodeName { get; }

    private protected static AttemptId Attempt(int shuffle, int attempt) => new(Sweep, shuffle, attempt);

    private protected static SubmitSweep Submit(SweepSpec? spec = null, bool failFast = false) =>
        new(Sweep, spec ?? Some.Spec, Some.Data, failFast);

    private protected static ReportStage Report(ShuffleFact fact) => new(Sweep, Experiments.StageCompletion.Of(fact));

    /// <summary>The way to an actor in another process.</summary>
    private protected IActorRef WireTo(IActorRef to, string? path = null) => Sys.ActorOf(Props.Create(() => new Wire(to)), path);

    /// <summary>How a sweep stands, by whoever answers for it.</summary>
    private protected static SweepReplay StandingOf(IActorRef actor) =>
        SweepReplay.Of(actor.Ask<LoadedSweep>(new LoadSweep(Sweep), TimeSpan.FromSeconds(2)).GetAwaiter().GetResult().Snapshot);

    /// <summary>Waits until the journal has taken whatever it was told until now.</summary>
    private protected void JournalIsIdle()
    {
        Persistence.Instance.Apply(Sys).JournalFor("").Tell(new ReplayMessages(0, 0, 0, "nobody", _inquirer), _inquirer);
        _inquirer.ExpectMsg<RecoverySuccess>();
    }

    /// <summary>Keeps a snapshot as a persistent actor would have.</summary>
    private protected void KeepSnapshot(string persistenceId, long sequenceNr, object snapshot)
    {
        Persistence.Instance.Apply(Sys).SnapshotStoreFor("").Tell(
            new SaveSnapshot(new SnapshotMetadata(persistenceId, sequenceNr, DateTime.UtcNow), snapshot), _inquirer);
        _inquirer.ExpectMsg<SaveSnapshotSuccess>();
    }

    /// <summary>The events of a persistent actor, which follow each other.</summary>
    private protected ImmutableArray<TimedEvent> Journaled(string persistenceId)
    {
        Persistence.Instance.Apply(Sys).JournalFor("").Tell(
            new ReplayMessages(1, long.MaxValue, long.MaxValue, persistenceId, _inquirer), _inquirer);
        var events = ImmutableArray.CreateBuilder<TimedEvent>();
        while (_inquirer.ExpectMsg<object>() is ReplayedMessage { Persistent: var persistent })
        {
            persistent.SequenceNr.ShouldBe(events.Count + 1);
            events.Add(((JournaledEvent)persistent.Payload).Timed);
        }

        return events.ToImmutable();
    }

    private protected void Stop(IActorRef actor)
    {
        Watch(actor);
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor);
    }

    private protected static ImmutableArray<JournaledEvent> Events(params SweepEvent[] events) =>
        [.. events.Select(sweepEvent => new JournaledEvent(Some.Time, sweepEvent))];

    /// <summary>Passes on what it gets, written and read.</summary>
    private sealed class Wire : ReceiveActor
    {
        public Wire(IActorRef to)
        {
            var serializer = new WireSerializer((ExtendedActorSystem)Context.System);
            ReceiveAny(message => to.Forward(serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message))));
        }
    }
}
