using System.Collections.Immutable;
using System.Text;
using AdvFit.Coordinator.Journal;
using AdvFit.Coordinator.Sweeps;
using AdvFit.Actors;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Tests;
using AdvFit.Sweeps.Tests.Decisions;
using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;
using FsCheck.Xunit;
using Done = AdvFit.Sweeps.Cluster.Done;

namespace AdvFit.Coordinator.Tests;

/// <summary>
/// Hosts that are moved to, die, sleep and wake up, several of which have the same actor at once, over one journal. The model
/// of each answer is what the pure decisions say of the events that the journal holds at that moment: an actor gives that
/// answer, or none. So nothing that was acknowledged is lost, and nothing that an overtaken host thinks has an effect.
/// </summary>
public class Overtaken_actors : ActorTests
{
    private const int Hosts = 3;

    private static readonly TimeProvider Clock = new StoppedClock();

    private static readonly Func<SweepState?, object>[] SweepMessages =
    [
        _ => new Restart(), _ => new Restart(), _ => Submit(), _ => new ControlSweep(Sweep, new PauseSweep()),
        _ => new ControlSweep(Sweep, new ResumeSweep()), _ => new ControlSweep(Sweep, new CancelSweep()),
        _ => new ControlSweep(Sweep, new RerunShuffles([1, 2], OnlyFailed: false, null)),
        _ => new OfferSlot("node"), _ => new OfferSlot("node"), _ => new OfferSlot("node"), _ => new OfferSlot("node"),
        state => Report(Next(state, 1, newer: 0)), state => Report(Next(state, 1, newer: 0)), state => Report(Next(state, 1, newer: 0)),
        state => Report(Next(state, 2, newer: 0)), state => Report(Next(state, 2, newer: 0)), state => Report(Next(state, 3, newer: 0)),
        state => Report(Next(state, 1, newer: 1)), state => Report(Next(state, 2, newer: -1)),
        _ => Report(Some.Evaluated(1, 1, "fgsm")), _ => Report(Some.Epoch(1, 1, 1)), _ => Report(Some.Epoch(1, 2, 1)),
        state => Report(new AttemptFailed(2, AttemptOf(state, 2), "Full.", Retryable: true)),
        state => Report(new AttemptFailed(1, AttemptOf(state, 1), "NaN.", Retryable: false)),
        state => new ReleaseAttempt(Attempt(1, AttemptOf(state, 1))), _ => new ReleaseAttempt(Attempt(2, 1)),
    ];

    private static readonly Func<ShuffleEntityState, object>[] EntityMessages =
    [
        _ => new Restart(), _ => new Restart(),
        state => Begin(state.Attempt + 1), state => Begin(state.Attempt), _ => Begin(1),
        state => new RecordFact(Sweep, Some.Epoch(2, state.Attempt, 1)), state => new RecordFact(Sweep, Some.Epoch(2, state.Attempt, 2)),
        state => new RecordFact(Sweep, Some.Crafted(2, state.Attempt, "fgsm")),
        state => new RecordFact(Sweep, Some.Evaluated(2, state.Attempt, "fgsm")),
        state => new RecordFact(Sweep, new AttemptFailed(2, state.Attempt, "Full.", Retryable: true)),
        state => new RecordFact(Sweep, Some.Epoch(2, state.Attempt + 1, 1)),
        state => new RecordFact(Sweep, Some.Epoch(2, state.Attempt - 1, 1)),
    ];

    private static int _stories;

    private readonly List<TestProbe> _probes = [];

    /// <summary>What happens to hosts, a byte each: which of them, and what.</summary>
    [Property(MaxTest = 40, EndSize = 60)]
    public void A_sweep_answers_as_the_journal_has_it_or_not_at_all(byte[] story)
    {
        var (id, hosts) = SweepHosts();
        var events = ImmutableArray<TimedEvent>.Empty;
        foreach (var (host, choice) in story.Select(step => (hosts[step % Hosts], step / Hosts % SweepMessages.Length)))
        {
            var (state, before) = (Fold(events).State, events);
            if (SweepMessages[choice](state) is var message && message is Restart)
            {
                host.Kill();
                continue;
            }

            host.Start(before.Length, new LoadSweep(Sweep));
            var answer = host.Ask(message, reply => reply is SlotTaken or SlotDeclined or IWireMessage);
            host.Ask(new LoadSweep(Sweep), reply => reply is IWireMessage);
            JournalIsIdle();
            events = Journaled(PersistenceIds.OfSweep(id));
            if (answer is null)
            {
                ShouldHaveStoppedWithoutEffect(host, before, events);
                continue;
            }

            events.Take(before.Length).Select(Text).ShouldBe(before.Select(Text));
            CheckAnswer(answer, message, state, [.. events.Skip(before.Length).Select(timed => timed.Event)]);
            host.Known = answer is SlotDeclined ? host.Known : events.Length;
        }

        JournalRules.Check(events.Select(timed => timed.Event));
        hosts[0].Kill();
        hosts[0].Start(events.Length, new LoadSweep(Sweep));
        var last = hosts[0].Ask(new LoadSweep(Sweep), reply => reply is IWireMessage);
        (last as LoadedSweep)?.Snapshot.ShouldBe(Fold(events).Snapshot());
        (last is LoadedSweep).ShouldBe(!events.IsEmpty);
        hosts.ForEach(host => host.Kill());
    }

    /// <summary>Several of them are told things at once.</summary>
    [Property(MaxTest = 30)]
    public void Of_what_hosts_decide_at_once_all_that_is_acknowledged_is_in_the_journal_once(byte[] story)
    {
        var (id, hosts) = SweepHosts();
        hosts[0].Start(0, new LoadSweep(Sweep));
        hosts[0].Ask(Submit(), reply => reply is SweepAccepted).ShouldNotBeNull();
        hosts[0].Ask(new OfferSlot("node"), reply => reply is SlotTaken).ShouldNotBeNull();
        hosts.ForEach(host => host.Start(3, new LoadSweep(Sweep)));
        ShuffleFact[] facts = [Some.Epoch(1, 1, 1), Some.Epoch(1, 1, 2), Some.Crafted(1, 1, "fgsm"), Some.Evaluated(1, 1, "fgsm")];

        var asked = story.Take(40).Select((step, i) =>
        {
            var (asker, fact) = (Probe(Hosts + i), facts[step / Hosts % facts.Length]);
            hosts[step % Hosts].Tell(Report(fact), asker);
            return (asker, fact);
        }).ToList();
        hosts.ForEach(host => host.Ask(new LoadSweep(Sweep), reply => reply is IWireMessage));
        JournalIsIdle();

        var events = Journaled(PersistenceIds.OfSweep(id)).Select(timed => timed.Event).ToList();
        JournalRules.Check(events);
        var recorded = events.OfType<FactRecorded>().Select(Text).ToList();
        recorded.ShouldBeUnique();
        foreach (var (asker, fact) in asked)
        {
            if (asker.ReceiveOne(TimeSpan.Zero) is FactAccepted)
            {
                recorded.ShouldContain(Text(new FactRecorded(StageCompletion.Of(fact))));
            }
        }

        hosts.ForEach(host => host.Kill());
    }

    /// <summary>What happens to hosts of a shuffle's entity, a byte each.</summary>
    [Property(MaxTest = 40, EndSize = 60)]
    public void A_shuffle_records_and_passes_on_as_the_journal_has_it_or_not_at_all(byte[] story)
    {
        var id = $"{ShuffleMessageExtractor.IdOf(Sweep, 2)}-{Interlocked.Increment(ref _stories)}";
        var hosts = NewHosts(sweeps => Props.Create(() => new ShuffleEntity(id, sweeps, Clock)));
        var events = ImmutableArray<TimedEvent>.Empty;
        var nothing = new AdoptShuffle(Sweep, 2, 0, []);
        foreach (var (host, choice) in story.Select(step => (hosts[step % Hosts], step / Hosts % EntityMessages.Length)))
        {
            var (state, before) = (events.Aggregate(ShuffleEntityState.Empty, (folded, timed) => folded.Apply(timed.Event)), events);
            if (EntityMessages[choice](state) is var message && message is Restart)
            {
                host.Kill();
                continue;
            }

            host.Start(before.Length, nothing);
            var reported = (message as RecordFact)?.Fact;
            var answer = reported is null ? host.Tell(message) : host.Ask(message, reply => reply is ReportStage or AttemptFenced or Refused);
            var isWell = host.Ask(nothing, reply => reply is Done) is not null;
            JournalIsIdle();
            events = Journaled(ShuffleEntity.IdPrefix + id);
            if (!isWell)
            {
                ShouldHaveStoppedWithoutEffect(host, before, events);
                continue;
            }

            ImmutableArray<SweepEvent> expected = message switch
            {
                BeginAttempt begin => state.Decide(begin),
                _ when reported!.Attempt <= state.Attempt && state.Decide(reported) == ShuffleEntityState.FactDisposition.Record =>
                    [new FactRecorded(reported)],
                _ => [],
            };
            events.Select(timed => timed.Event).Select(Text).ShouldBe(before.Select(timed => timed.Event).Concat(expected).Select(Text));
            if (reported is not null)
            {
                var isSound = answer switch
                {
                    ReportStage passedOn => events.Any(
                        timed => timed.Event is FactRecorded { Fact: var fact } && TextOf(StageCompletion.Of(fact)) == TextOf(passedOn.Fact)),
                    AttemptFenced => reported.Attempt < state.Attempt
                        || state.Decide(reported) == ShuffleEntityState.FactDisposition.Fence,
                    _ => reported.Attempt > state.Attempt,
                };
                isSound.ShouldBeTrue($"{answer} to {reported} at attempt {state.Attempt}");
            }

            host.Known = !expected.IsEmpty || answer is Refused ? events.Length : host.Known;
        }

        hosts.ForEach(host => host.Kill());
    }

    [Fact]
    public void Where_an_event_is_missing_nothing_is_recorded_any_more_and_the_sweep_is_told()
    {
        var id = ShuffleMessageExtractor.IdOf(Sweep, 2);
        var writer = CreateTestProbe();
        Persistence.Instance.Apply(Sys).JournalFor("").Tell(
            new WriteMessages(
                [
                    .. new[] { 1, 3 }.Select(number => new AtomicWrite(new Persistent(
                        new JournaledEvent(Some.Time, new ShuffleAssigned(2, number)), number, ShuffleEntity.IdPrefix + id))),
                ],
                writer, 1),
            writer);
        writer.ExpectMsg<WriteMessagesSuccessful>();

        var (sweeps, node) = (CreateTestProbe(), CreateTestProbe());
        var entity = Sys.ActorOf(Props.Create(() => new ShuffleEntity(id, sweeps, Clock)));

        sweeps.ExpectMsg<ShuffleDamaged>().ShouldBe(new ShuffleDamaged(
            Sweep, 2, $"event 3 of shuffle:{Sweep}:2 in the journal follows event 1, and what is between is missing"));
        entity.Tell(new RecordFact(Sweep, Some.Epoch(2, 1, 1)), node);
        node.ExpectMsg<AttemptFenced>();
        entity.Tell(Begin(4), node);
        entity.Tell(new ForgetShuffle(Sweep, 2), node);
        node.ExpectMsg<Done>();
        Watch(entity);
        ExpectTerminated(entity);
        sweeps.ExpectNoMsg(TimeSpan.Zero);
    }

    private static void ShouldHaveStoppedWithoutEffect(
        SimulatedHost host, ImmutableArray<TimedEvent> before, ImmutableArray<TimedEvent> after)
    {
        after.Length.ShouldBe(before.Length, "It stopped, and something has happened.");
        host.Known.ShouldBeLessThan(before.Length, "It stopped although it knew everything.");
        host.Kill();
    }

    /// <summary>Whether an answer, and what was written, are what the decisions say of a sweep that stood like this.</summary>
    private static void CheckAnswer(object answer, object message, SweepState? state, ImmutableArray<SweepEvent> written)
    {
        SweepCommand command = message switch
        {
            SubmitSweep submit => new StartSweep(submit.Spec, submit.Data, Some.Session, submit.FailFast, JoinsSession: true),
            ControlSweep control => control.Command,
            ReportStage report => new ReportFact(report.Fact),
            ReleaseAttempt release => new ReleaseShuffle(release.Attempt.Shuffle, release.Attempt.Attempt),
            _ => new AssignNext(),
        };
        if (answer is SlotDeclined)
        {
            // Whatever it thinks, a slot is free to be offered again.
            written.ShouldBeEmpty();
            return;
        }

        var decision = SweepDecisions.Decide(state, command, Some.Time);
        var decided = decision.Events.Aggregate(state, (folded, next) => SweepState.Apply(folded, next, decision.At));
        // What follows from it may be written with it, such as the end of a session.
        written.Take(decision.Events.Length).Select(Text).ShouldBe(decision.Events.Select(Text));
        answer.ShouldBe(decision.Rejection is { } reason ? new Refused(reason) : message switch
        {
            SubmitSweep => ((SweepAccepted)answer) with { IsNew = state is null },
            ReportStage report => FactVerdict.Of(decided!, report.Fact),
            OfferSlot when decision.Events.OfType<ShuffleAssigned>().Single() is var assigned =>
                new SlotTaken("node", ((SlotTaken)answer).Attempt with { Shuffle = assigned.Shuffle, Attempt = assigned.Attempt }),
            _ => new Done(),
        });
    }

    private (string Id, List<SimulatedHost> Hosts) SweepHosts()
    {
        var id = $"{Sweep}-{Interlocked.Increment(ref _stories)}";
        return (id, NewHosts(_ => Props.Create(() => new SweepActor(id, ActorRefs.Nobody, Clock, () => Some.Session, false))));
    }

    private List<SimulatedHost> NewHosts(Func<IActorRef, Props> actor) =>
        [.. Enumerable.Range(0, Hosts).Select(Probe).Select(probe => new SimulatedHost(this, probe, actor(probe.Ref)))];

    /// <summary>A probe that has got nothing. Each takes its time to be made, so that the stories share them.</summary>
    private TestProbe Probe(int number)
    {
        while (_probes.Count <= number)
        {
            _probes.Add(CreateTestProbe());
        }

        while (_probes[number].HasMessages)
        {
            _probes[number].ReceiveOne(TimeSpan.Zero);
        }

        return _probes[number];
    }

    private static SweepReplay Fold(ImmutableArray<TimedEvent> events) =>
        events.Aggregate(SweepReplay.Empty, (replay, timed) => replay.Add(timed));

    private static string Text(TimedEvent timed) => Encoding.UTF8.GetString(WireFormat.Write(new JournaledEvent(timed.At, timed.Event)));

    private static string Text(SweepEvent sweepEvent) => Text(new TimedEvent(Some.Time, sweepEvent));

    private static string TextOf(ShuffleFact fact) => Text(new FactRecorded(fact));

    private static int AttemptOf(SweepState? state, int shuffle) => Math.Max(1, state?.Shuffle(shuffle).Attempt ?? 1);

    /// <summary>The fact that a node would report next.</summary>
    private static ShuffleFact Next(SweepState? state, int shuffle, int newer)
    {
        var attempt = Math.Max(1, AttemptOf(state, shuffle) + newer);
        var done = state is null ? null : CompletedStages.Of(state.Plan, state.Shuffle(shuffle).Done);
        return done switch
        {
            null or { Steps: 0 } => Some.Epoch(shuffle, attempt, 1),
            { Steps: 1 } => Some.Epoch(shuffle, attempt, 2),
            { Named.IsEmpty: true } => Some.Crafted(shuffle, attempt, "fgsm"),
            _ => Some.Evaluated(shuffle, attempt, "fgsm"),
        };
    }

    private static BeginAttempt Begin(int attempt) => new(
        Attempt(2, Math.Max(1, attempt)), "akka://nowhere#1", Some.Spec, Some.Data.Sha256,
        new CompletedStages(Some.Epochs, ["attack:fgsm"]));

    private sealed record Restart;

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Some.Time;
    }

    /// <summary>A process that may have the actor. While it is told nothing it sleeps.</summary>
    private sealed class SimulatedHost(Overtaken_actors tests, TestProbe probe, Props actor)
    {
        private IActorRef? _actor;

        /// <summary>So many events it knows at least.</summary>
        public int Known { get; set; }

        /// <summary>Has the actor, recovered, if it had none.</summary>
        public void Start(int events, object question)
        {
            if (_actor is null)
            {
                var parent = tests.Sys.ActorOf(Props.Create(() => new Parent(actor, probe.Ref)));
                _actor = probe.Watch(parent.Ask<IActorRef>(new Birth()).GetAwaiter().GetResult());
                Known = events;
                Ask(question, reply => reply is IWireMessage).ShouldNotBeNull();
            }
        }

        public void Kill()
        {
            if (_actor is not null)
            {
                tests.Stop(_actor);
                _actor = null;
            }
        }

        public object? Tell(object message, TestProbe? asker = null)
        {
            _actor!.Tell(message, asker ?? probe);
            return null;
        }

        /// <summary>The answer to a question; null where the actor stops instead, or has.</summary>
        public object? Ask(object question, Predicate<object> isAnswer)
        {
            if (_actor is null)
            {
                return null;
            }

            _actor.Tell(question, probe);
            var answer = probe.FishForMessage(
                message => message is Terminated { ActorRef: var ended } ? ended.Equals(_actor) : isAnswer(message));
            if (answer is Terminated)
            {
                _actor = null;
                return null;
            }

            return answer;
        }
    }

    /// <summary>What the actor tells its parent goes to somebody else.</summary>
    private sealed class Parent : ReceiveActor
    {
        public Parent(Props child, IActorRef to)
        {
            Receive<Birth>(_ => Sender.Tell(Context.ActorOf(child)));
            ReceiveAny(to.Forward);
        }
    }

    private sealed record Birth;
}
