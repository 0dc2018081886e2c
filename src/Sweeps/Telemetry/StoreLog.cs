using System.Text.Json;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Decisions;
using AdvFit.Sweeps.Journal;
using AdvFit.Sweeps.Local;

namespace AdvFit.Sweeps.Telemetry;

/// <summary>
/// A log for people and their tools: one line of JSON for each thing that happens, in <c>log.jsonl</c> of the store. Once
/// that is full it becomes <c>log.1.jsonl</c>, in place of the one before. It is no record, the journal is: a line that
/// cannot be written stops nothing. Only for the holder of the store's lock.
/// </summary>
public sealed class StoreLog : ISweepObserver, IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly string _previous;
    private readonly string _sweep;
    private readonly long _mostBytes;
    private FileStream? _file;

    /// <param name="folder">The store's folder.</param>
    /// <param name="sweep">The sweep's id.</param>
    /// <param name="mostBytes">Length at which a new file is begun; there are at most two.</param>
    public StoreLog(string folder, string sweep, long mostBytes = 8 << 20)
    {
        (_path, _previous) = (Path.Combine(folder, "log.jsonl"), Path.Combine(folder, "log.1.jsonl"));
        (_sweep, _mostBytes) = (sweep, mostBytes);
    }

    /// <summary>Why no more could be written; null where all could.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public void Recorded(SweepEvent sweepEvent, SweepState state) =>
        Write(LevelOf(sweepEvent), NameOf(sweepEvent), state.Updated, json => Describe(json, sweepEvent, state));

    /// <inheritdoc/>
    public void Progressed(int slot, ShuffleProgress progress)
    {
    }

    /// <summary>Says that the work ended with an error.</summary>
    public void Failed(Exception error, DateTimeOffset at) => Write("error", "run-broken", at, json =>
    {
        json.WriteString("message", error.Message);
        json.WriteString("exception", error.ToString());
    });

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static string LevelOf(SweepEvent sweepEvent) => sweepEvent switch
    {
        FactRecorded { Fact: AttemptFailed { Retryable: true } } => "warning",
        FactRecorded { Fact: AttemptFailed } => "error",
        _ => "information",
    };

    /// <summary>The journal's name of the event, without its version.</summary>
    private static string NameOf(SweepEvent sweepEvent)
    {
        var type = sweepEvent is FactRecorded recorded ? recorded.Fact.GetType() : sweepEvent.GetType();
        return Path.GetFileNameWithoutExtension(EventFormat.NameOf(type));
    }

    private static void Describe(Utf8JsonWriter json, SweepEvent sweepEvent, SweepState state)
    {
        switch (sweepEvent)
        {
            case SweepPlanned or SweepExtended:
                json.WriteNumber("shuffles", state.Spec.Shuffles);
                break;
            case SessionStarted { Session: var session }:
                json.WriteNumber("process", Environment.ProcessId);
                json.WriteString("machine", session.Machine);
                json.WriteString("version", session.Version);
                json.WriteString("commit", session.Commit);
                json.WriteNumber("slots", session.Slots);
                break;
            case ShuffleAssigned assigned:
                WriteAttempt(json, assigned.Shuffle, assigned.Attempt);
                break;
            case ShuffleReleased released:
                WriteAttempt(json, released.Shuffle, released.Attempt);
                break;
            case ShuffleReopened reopened:
                json.WriteNumber("shuffle", reopened.Shuffle);
                json.WriteString("stages", string.Join(',', reopened.Stages));
                break;
            case FactRecorded { Fact: var fact }:
                WriteAttempt(json, fact.Shuffle, fact.Attempt);
                Describe(json, fact);
                break;
            case SweepFinished finished:
                json.WriteNumber("completed", finished.Completed);
                json.WriteNumber("failed", finished.Failed);
                break;
        }
    }

    private static void Describe(Utf8JsonWriter json, ShuffleFact fact)
    {
        switch (fact)
        {
            case EpochTrained epoch:
                json.WriteNumber("epoch", epoch.Epoch);
                json.WriteNumber("train_correct", epoch.TrainCorrect);
                json.WriteNumber("test_correct", epoch.TestCorrect);
                break;
            case AttackCrafted { Outcome: var outcome }:
                json.WriteString("attack", outcome.Attack);
                json.WriteNumber("attempted", outcome.Attempted);
                json.WriteNumber("succeeded", outcome.Succeeded);
                json.WriteNumber("queries", outcome.Queries);
                break;
            case AttemptFailed failed:
                json.WriteString("message", failed.Cause);
                json.WriteBoolean("retryable", failed.Retryable);
                break;
        }

        if (fact is StageFact { Cost: var cost })
        {
            json.WriteNumber("seconds", cost.WallSeconds);
            json.WriteNumber("cpu_seconds", cost.CpuSeconds);
        }
    }

    private static void WriteAttempt(Utf8JsonWriter json, int shuffle, int attempt)
    {
        json.WriteNumber("shuffle", shuffle);
        json.WriteNumber("attempt", attempt);
    }

    private void Write(string level, string what, DateTimeOffset at, Action<Utf8JsonWriter> describe)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("at", at.UtcDateTime);
            json.WriteString("level", level);
            json.WriteString("sweep", _sweep);
            json.WriteString("event", what);
            describe(json);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        lock (_lock)
        {
            Append(line.GetBuffer().AsSpan(0, (int)line.Length));
        }
    }

    private void Append(ReadOnlySpan<byte> line)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            _file ??= Open();
            if (_file.Length > 0 && _file.Length + line.Length > _mostBytes)
            {
                _file.Dispose();
                File.Move(_path, _previous, overwrite: true);
                _file = Open();
            }

            _file.Write(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error;
        }
    }

    /// <summary>Unbuffered, to be read while it grows.</summary>
    private FileStream Open() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
