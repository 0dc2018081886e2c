namespace AdvFit.Messages;

/// <summary>What a host asks of the decisions.</summary>
public abstract record SweepCommand;

/// <summary>Start a sweep, or continue or extend the one that this store already has.</summary>
public sealed record StartSweep(SweepSpec Spec, DataProvenance Data, SessionProvenance Session) : SweepCommand;

/// <summary>A slot is free: assign it the next shuffle, if any waits.</summary>
public sealed record AssignNext : SweepCommand;

/// <summary>An executor reports a fact.</summary>
public sealed record ReportFact(ShuffleFact Fact) : SweepCommand;

/// <summary>The host stops: every assigned shuffle goes back to the queue.</summary>
public sealed record StopSession : SweepCommand;
