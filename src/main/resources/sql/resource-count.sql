select count(*)
from resources r
where /* where */
