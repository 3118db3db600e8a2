using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Example.Parcels
{
    public sealed class ParcelBook : IDisposable
    {
        private readonly Dictionary<string, Parcel> _parcels = new();
        private readonly SemaphoreSlim _gate = new(1);
        private readonly TextWriter _log;

        public ParcelBook(TextWriter log)
        {
            _log = log;
        }

        public event EventHandler<Parcel>? Arrived;

        public int Count => _parcels.Count;

        public async Task AddAsync(string number, double kilograms, CancellationToken token = default)
        {
            await _gate.WaitAsync(token);
            try
            {
                if (_parcels.ContainsKey(number))
                {
                    throw new ArgumentException($"{number} is there already", nameof(number));
                }
                var parcel = new Parcel(number, kilograms);
                _parcels[number] = parcel;
                await _log.WriteLineAsync($"added {parcel}");
            }
            finally
            {
                _gate.Release();
            }
        }

        public Parcel? Deliver(string number)
        {
            if (!_parcels.Remove(number, out var parcel))
            {
                _log.WriteLine("unknown: {0}", number);
                return null;
            }
            Arrived?.Invoke(this, parcel);
            return parcel;
        }

        public IEnumerable<string> Heaviest(int most)
        {
            var sorted = _parcels.Values.OrderByDescending(parcel => parcel.Kilograms);
            foreach (var parcel in sorted.Take(most))
            {
                yield return parcel.Number;
            }
        }

        public static ParcelBook Read(string path, TextWriter log)
        {
            var book = new ParcelBook(log);
            using (var reader = new StreamReader(path))
            {
                while (reader.ReadLine() is { } line)
                {
                    var parts = line.Split(';');
                    if (parts.Length < 2)
                    {
                        continue;
                    }
                    switch (parts[0])
                    {
                        case "parcel":
                            book._parcels[parts[1]] = new Parcel(parts[1], 1);
                            break;
                        default:
                            log.WriteLine("skipped " + line);
                            break;
                    }
                }
            }
            return book;
        }

        public void Dispose()
        {
            _gate.Dispose();
        }
    }

    public sealed record Parcel(string Number, double Kilograms);
}
