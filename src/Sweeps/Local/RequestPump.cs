using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Local;

/// <summary>
/// Handles the requests of other processes: polls the inbox, decides each request as a command of its sweep, and answers.
/// A request for another sweep of the store is handled as well, since only the holder of the store may write to it.
/// </summary>
internal sealed class RequestPump : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _turn = new();
    private readonly SqliteJournal _journal;
    private readonly Lock _journalAccess;
    private readonly TimeProvider _clock;
    private readonly string _sweep;
    private readonly SweepRecorder _recorder;
    private readonly Action<Exception> _fail;
    private readonly ITimer _timer;
    private bool _ended;

    /// <param name="journal">The journal with the inbox.</param>
    /// <param name="journalAccess">Held during every call of the journal.</param>
    /// <param name="clock">The clock of the polling interval.</param>
    /// <param name="sweep">The sweep that is being worked on.</param>
    /// <param name="recorder">Its recorder.</param>
    /// <param name="fail">Called once, with the exception after which no more requests can be handled.</param>
    public RequestPump(
        SqliteJournal journal, Lock journalAccess, TimeProvider clock, string sweep, SweepRecorder recorder,
        Action<Exception> fail)
    {
        (_journal, _journalAccess, _clock, _sweep, _recorder, _fail) = (journal, journalAccess, clock, sweep, recorder, fail);
        _timer = clock.CreateTimer(_ => Pump(), null, Interval, Interval);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_turn)
        {
            _ended = true;
        }
    }

    private void Pump()
    {
        if (!_turn.TryEnter())
        {
            return;
        }

        try
        {
            if (!_ended)
            {
                AnswerAll();
            }
        }
        catch (Exception error)
        {
            _ended = true;
            _fail(error);
        }
        finally
        {
            _turn.Exit();
        }
    }

    private void AnswerAll()
    {
        IReadOnlyList<SweepRequest> requests;
        lock (_journalAccess)
        {
            requests = _journal.Requests();
        }

        foreach (var request in requests)
        {
            var answer = Handle(request);
            lock (_journalAccess)
            {
                _journal.Answer(request.Id, answer);
            }
        }
    }

    private string Handle(SweepRequest request)
    {
        try
        {
            var recorder = request.Sweep == _sweep
                ? _recorder
                : new SweepRecorder(_journal, _journalAccess, request.Sweep, _clock, NullObserver.Instance);
            recorder.Handle(request.Command);
            return "";
        }
        catch (SweepException refusal)
        {
            return refusal.Message;
        }
    }
}
