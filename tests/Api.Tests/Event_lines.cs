using System.Buffers;
using AdvFit.Api.Formats;
using AdvFit.Experiments;
using AdvFit.Messages;
using AdvFit.Sweeps.Journal;
using FsCheck;
using FsCheck.Xunit;

namespace AdvFit.Api.Tests;

/// <summary>Events as lines of JSON.</summary>
public sealed class Event_lines
{
    [Property]
    public void A_fact_in_brief_is_read_as_it_was_written(
        PositiveInt number, int shuffle, int attempt, NonNull<string> phase, int step, NonNull<string> item, NormalFloat wall, NormalFloat cpu) =>
        RoundTrip(new JournalEntry(number.Get, number.Get, Some.Time, new FactRecorded(new StageCompletion(
            shuffle, attempt, new StageKey(phase.Get, step, item.Get), new StageCost(wall.Get, cpu.Get)))));

    [Property]
    public void So_is_any_other_event(PositiveInt number, long ticks, int shuffle, NonNull<string> cause, bool isRetryable) =>
        RoundTrip(new JournalEntry(
            number.Get, number.Get, new DateTimeOffset(Math.Abs(ticks % DateTime.MaxValue.Ticks), TimeSpan.Zero),
            new FactRecorded(new AttemptFailed(shuffle, 1, cause.Get, isRetryable))));

    [Property]
    public void A_line_that_is_none_is_refused(NonNull<string> text) => Should.Throw<FormatException>(
        () => EventLine.Read(System.Text.Encoding.UTF8.GetBytes("{\"number\":1," + text.Get)));

    [Fact]
    public void The_line_is_what_the_documentation_says()
    {
        Line(new JournalEntry(2, 2, Some.Time, new ShuffleAssigned(1, 3))).ShouldBe(
            """{"number":2,"at":"2026-01-02T03:04:05.0000000Z","type":"shuffle-assigned.1","body":{"shuffle":1,"attempt":3}}""");
        Line(new JournalEntry(3, 3, Some.Time, new FactRecorded(new StageCompletion(1, 3, StageKey.OfStep("train", 2), new StageCost(1.5, 2))))).ShouldBe(
            """{"number":3,"at":"2026-01-02T03:04:05.0000000Z","type":"stage-recorded.1","body":{"stage":{"phase":"train","step":2,"item":""},"cost":{"wall_seconds":1.5,"cpu_seconds":2},"shuffle":1,"attempt":3}}""");
    }

    private static void RoundTrip(JournalEntry entry)
    {
        var line = Line(entry);
        line.ShouldNotContain("\n");
        EventLine.Read(System.Text.Encoding.UTF8.GetBytes(line)).ShouldBe(entry);
    }

    private static string Line(JournalEntry entry)
    {
        var line = new ArrayBufferWriter<byte>();
        EventLine.Write(line, entry);
        return System.Text.Encoding.UTF8.GetString(line.WrittenSpan);
    }
}
