using System.Runtime.InteropServices;
using AdvFit.Learning.Kernels;
using AdvFit.Messages;

namespace AdvFit.Sweeps.Local;

/// <summary>The program and machine of this process, for the record.</summary>
public static class ThisMachine
{
    private const string LinuxProcessorInformation = "/proc/cpuinfo";

    /// <summary>This process as a session.</summary>
    /// <param name="program">What was built.</param>
    /// <param name="slots">Shuffles run at once.</param>
    public static SessionProvenance Session(ProgramVersion program, int slots) => new(
        program.Number,
        program.Commit,
        Environment.MachineName,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}",
        $"{ProcessorModel()}, {Environment.ProcessorCount} logical processors, {(int)VectorWidths.Widest}-bit vectors",
        slots);

    private static string ProcessorModel()
    {
        var model = File.Exists(LinuxProcessorInformation)
            ? File.ReadLines(LinuxProcessorInformation)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
                .Split(':', 2)[^1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(model) ? $"{RuntimeInformation.ProcessArchitecture} processor" : model;
    }
}
