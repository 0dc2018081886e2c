using System.Runtime.ExceptionServices;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Spec;
using AdvFit.Sweeps.Store;

namespace AdvFit.Sweeps.Local;

/// <summary>How a host's work on a sweep ended.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="State">The sweep when it ended.</param>
public sealed record HostSummary(string Sweep, SweepState State)
{
    /// <summary>How many shuffles are completed, those of earlier sessions included.</summary>
    public int Completed => State.Completed;

    /// <summary>How many shuffles failed.</summary>
    public int Failed => State.Failed;

    /// <summary>Whether it was stopped by its user before every shuffle had ended.</summary>
    public bool Stopped => !State.AllEnded && !State.IsHalted;
}

/// <summary>Runs one sweep in this process, its shuffles side by side on slots.</summary>
public sealed class LocalHost : IDisposable
{
    /// <summary>Events that are worth a snapshot at the end of a session; fewer are read fast enough.</summary>
    private const int FewestForSnapshot = 1000;

    private readonly IJournal _journal;
    private readonly int _slots;
    private readonly TimeProvider _clock;
    private readonly ISweepObserver _observer;
    private readonly CancellationTokenSource _finishSafePoint = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly SlotCancellation _rest = new();
    private ExceptionDispatchInfo? _failure;

    /// <param name="journal">Where the sweep is recorded; no one else writes to it meanwhile.</param>
    /// <param name="slots">Shuffles run at once, each on a thread of its own; at least 1.</param>
    /// <param name="clock">The clock that gives events their time.</param>
    /// <param name="observer">Is notified of what happens.</param>
    public LocalHost(IJournal journal, int slots, TimeProvider clock, ISweepObserver observer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        (_journal, _slots, _clock, _observer) = (journal, slots, clock, observer);
    }

    /// <summary>
    /// Starts, continues or extends the sweep that a spec describes and works until every shuffle has ended or a stop was
    /// asked for. What the journal has is not repeated.
    /// </summary>
    /// <param name="start">The sweep to start.</param>
    /// <param name="createExecutor">
    /// Makes what runs the shuffles, given the sweep as it is now: its spec may hold attacks of an earlier run's spec
    /// besides those of this one. Not called where nothing is left to do.
    /// </param>
    /// <exception cref="SweepException">The sweep cannot be started so.</exception>
    /// <exception cref="StoreException">
    /// The journal or the artifacts cannot be written; everything recorded until then stays.
    /// </exception>
    public HostSummary Run(StartSweep start, Func<SweepState, IShuffleExecutor> createExecutor)
    {
        var sweep = SweepId.Of(start.Spec);
        var journalAccess = new Lock();
        var recorder = new SweepRecorder(_journal, journalAccess, sweep, _clock, _observer) { Changed = _rest.Follow };
        recorder.Handle(start);
        if (!recorder.State!.AllEnded)
        {
            using (Listen(recorder, journalAccess, sweep))
            {
                RunSlots(recorder, createExecutor);
            }

            StopSession(recorder);
            _failure?.Throw();
        }

        return new HostSummary(sweep, recorder.State);
    }

    /// <summary>Asks every slot to stop at its next safe point, with the running epoch or attack done and recorded.</summary>
    public void RequestStop() => _finishSafePoint.Cancel();

    /// <summary>Asks every slot to stop at once; the stages in hand are lost and will be repeated.</summary>
    public void Abandon()
    {
        _finishSafePoint.Cancel();
        _abandon.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _finishSafePoint.Dispose();
        _abandon.Dispose();
        _rest.Dispose();
    }

    /// <summary>Handles the requests of other processes, where the journal has an inbox for them.</summary>
    private RequestPump? Listen(SweepRecorder recorder, Lock journalAccess, string sweep) =>
        _journal is SqliteJournal shared
            ? new RequestPump(shared, journalAccess, _clock, sweep, recorder, Fail)
            : null;

    private void RunSlots(SweepRecorder recorder, Func<SweepState, IShuffleExecutor> createExecutor)
    {
        IShuffleExecutor executor;
        try
        {
            executor = createExecutor(recorder.State!);
        }
        catch (Exception error)
        {
            Fail(error);
            return;
        }

        while (recorder.State is { AllEnded: false, IsCancelled: false, IsHalted: false }
            && !_finishSafePoint.IsCancellationRequested)
        {
            RunSlots(recorder, executor);
        }
    }

    /// <summary>Works until there is nothing to do. A cancelled sweep may be resumed before its last slot stops.</summary>
    private void RunSlots(SweepRecorder recorder, IShuffleExecutor executor)
    {
        var threads = Enumerable.Range(1, Math.Min(_slots, recorder.State!.Shuffles.Count))
            .Select(slot => new Thread(() => Work(slot, recorder, executor)) { IsBackground = true, Name = $"slot {slot}" })
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private void Work(int slot, SweepRecorder recorder, IShuffleExecutor executor)
    {
        try
        {
            while (recorder.Next(_finishSafePoint.Token) is { } assignment)
            {
                Attempt(slot, assignment, recorder, executor);
            }
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    private void Attempt(int slot, ShuffleAssignment assignment, SweepRecorder recorder, IShuffleExecutor executor)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(_finishSafePoint.Token, _rest.SafePoint);
        using var drop = CancellationTokenSource.CreateLinkedTokenSource(_abandon.Token, _rest.AtOnce);
        try
        {
            executor.Run(
                assignment,
                fact => recorder.Handle(new ReportFact(fact)),
                progress => _observer.Progressed(slot, progress),
                pause.Token,
                drop.Token);
        }
        catch (OperationCanceledException) when (_finishSafePoint.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException) when (pause.IsCancellationRequested || drop.IsCancellationRequested)
        {
            recorder.Handle(new ReleaseShuffle(assignment.Shuffle, assignment.Attempt));
            return;
        }
        catch (Exception error) when (error is not StoreException)
        {
            recorder.Handle(new ReportFact(AttemptFailures.Of(assignment, error)));
            return;
        }

        var shuffle = recorder.State!.Shuffle(assignment.Shuffle);
        if (shuffle.IsRunning && shuffle.Attempt == assignment.Attempt)
        {
            recorder.Handle(new ReportFact(AttemptFailures.WithoutResult(assignment)));
        }
    }

    /// <summary>The first failure ends the whole host; the others that it causes say nothing new.</summary>
    private void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
        Abandon();
    }

    private void StopSession(SweepRecorder recorder)
    {
        try
        {
            recorder.Handle(new StopSession());
            recorder.SaveSnapshot(FewestForSnapshot);
        }
        catch (StoreException) when (_failure is not null)
        {
            // The first failure is about to be thrown; the next session frees what this one could not.
        }
    }
}
