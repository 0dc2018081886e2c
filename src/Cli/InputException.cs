namespace AdvFit.Cli;

/// <summary>What the user asked for cannot be done. The message is one sentence with the mend.</summary>
internal sealed class InputException(string message) : Exception(message);
