namespace AdvFit.Api.Client;

/// <summary>Reads lines of bounded length.</summary>
/// <param name="source">The lines; disposed of with this.</param>
/// <param name="most">Most bytes of a line.</param>
internal sealed class JsonLines(Stream source, int most) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _from, _to;

    /// <summary>The next line, without its end; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    /// <exception cref="IOException">It cannot be read, or was cut.</exception>
    public byte[]? Next()
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer[_from..(_from + searched + length)];
                _from += line.Length + 1;
                return line;
            }

            searched = _to - _from;
            if (searched > most)
            {
                throw new InvalidDataException($"a line has more than the {most} bytes that are taken");
            }

            MakeRoom(searched);
            if (source.Read(_buffer, _to, _buffer.Length - _to) is not (> 0 and var count))
            {
                return searched == 0 ? null : throw new IOException("it ended within a line");
            }

            _to += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private void MakeRoom(int kept)
    {
        var target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_from, kept).CopyTo(target);
        (_buffer, _from, _to) = (target, 0, kept);
    }
}
