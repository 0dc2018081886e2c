namespace AdvFit.Cli.Rendering;

/// <summary>A line on standard error that each message overwrites; silent where that is no terminal. Thread-safe.</summary>
internal sealed class ProgressLine : IDisposable
{
    private readonly Lock _lock = new();
    private int _length;

    /// <summary>Shows a short message.</summary>
    public void Show(string message)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        lock (_lock)
        {
            var text = message.Length < Terminal.Width ? message : message[..(Terminal.Width - 1)];
            Terminal.Overwrite(text.PadRight(_length));
            _length = text.Length;
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_length > 0)
        {
            Terminal.Overwrite(new string(' ', _length));
            Terminal.Overwrite("");
        }
    }
}
