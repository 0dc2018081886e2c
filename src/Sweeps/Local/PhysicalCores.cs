namespace AdvFit.Sweeps.Local;

/// <summary>Counts processor cores, the default number of slots.</summary>
public static class PhysicalCores
{
    private const string LinuxProcessors = "/sys/devices/system/cpu";

    /// <summary>
    /// Cores that this process may use, hardware threads of one core counted once. Where the system does not tell threads
    /// from cores, the processors that it may use.
    /// </summary>
    public static int Count()
    {
        var cores = Directory.Exists(LinuxProcessors)
            ? Directory.EnumerateDirectories(LinuxProcessors, "cpu*")
                .Select(processor => Path.Combine(processor, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(File.ReadAllText)
                .Distinct()
                .Count()
            : 0;
        return cores == 0 ? Environment.ProcessorCount : Math.Min(cores, Environment.ProcessorCount);
    }
}
