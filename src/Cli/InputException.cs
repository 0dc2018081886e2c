namespace AdvFit.Cli;

/// <summary>The user's input is wrong. The message is one sentence with the mend.</summary>
internal sealed class InputException(string message) : Exception(message);
