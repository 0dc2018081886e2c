using System.Text.Json;
using AdvFit.Learning;
using AdvFit.Learning.Data;
using AdvFit.Messages;

namespace AdvFit.Reporting.Tests;

/// <summary>Small things to test with.</summary>
internal static class Some
{
    /// <summary>A report with one warning, which is also the sweep's id.</summary>
    public static Report Report(string warning)
    {
        using var results = JsonDocument.Parse("{}");
        var making = new ReportProvenance(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0, [], [], [], 0, 0);
        return new Report(
            "1.0", "abc", [new SweepReport(warning, "completed", results.RootElement.Clone(), making, [], [], [], null, null, [warning])]);
    }

    /// <summary>Images of one grey pixel each, whose class is their index modulo the number of classes.</summary>
    public static Dataset Data(int images, params string[] classes)
    {
        var shape = new ImageShape(1, 1, 1);
        return new Dataset(
            new DataProvenance("some", images, 0, "0", []), classes,
            new ImageSet(
                shape, [.. Enumerable.Range(0, images).Select(image => (byte)(image * 10))],
                [.. Enumerable.Range(0, images).Select(image => (byte)(image % classes.Length))]),
            new ImageSet(shape, [], []));
    }
}
