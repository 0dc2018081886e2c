using System.Diagnostics;

namespace AdvFit.Cluster.Bench;

/// <summary>What something took.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="Cpu">Time of the processor in this process.</param>
/// <param name="DatabaseCpu">Time of the processor in the database's processes.</param>
internal sealed record Measured(TimeSpan Wall, TimeSpan Cpu, TimeSpan DatabaseCpu)
{
    public static async Task<Measured> Of(Database database, Func<Task> action)
    {
        using var process = Process.GetCurrentProcess();
        var (clock, cpu, databaseCpu) = (Stopwatch.StartNew(), process.TotalProcessorTime, database.Cpu);
        await action();
        process.Refresh();
        return new Measured(clock.Elapsed, process.TotalProcessorTime - cpu, database.Cpu - databaseCpu);
    }
}
