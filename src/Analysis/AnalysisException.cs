namespace AdvFit.Analysis;

/// <summary>What was handed to the analysis contradicts itself. The message is one sentence for a person.</summary>
public sealed class AnalysisException(string message) : Exception(message);
