namespace AdvFit.Sweeps;

/// <summary>A command or spec is refused for a sweep. The message is one sentence with the mend.</summary>
public sealed class SweepException(string message) : Exception(message);
