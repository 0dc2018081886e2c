namespace AdvFit.Sweeps;

/// <summary>A sweep cannot do what was asked of it. The message is one sentence with the mend.</summary>
public sealed class SweepException(string message) : Exception(message);
